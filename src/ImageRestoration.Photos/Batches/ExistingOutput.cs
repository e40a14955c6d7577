namespace ImageRestoration.Photos;

/// <summary>What happens where the result of a photograph would stand, if there is a file already.</summary>
public enum ExistingOutput
{
    /// <summary>The photograph counts as failed, and the file stays.</summary>
    Refuse,

    /// <summary>The photograph is left out, and the file stays: an interrupted run goes on where it ended.</summary>
    Skip,

    /// <summary>The file is replaced, unless it is itself one of the photographs.</summary>
    Replace,
}
