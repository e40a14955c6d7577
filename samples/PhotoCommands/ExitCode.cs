namespace PhotoCommands;

/// <summary>What the programs tell the shell.</summary>
internal static class ExitCode
{
    /// <summary>Every photograph is done.</summary>
    public const int Done = 0;

    /// <summary>At least one photograph is not.</summary>
    public const int Failed = 1;

    /// <summary>The user stopped the program, as shells count it: 128 and the number of the signal.</summary>
    public const int Cancelled = 130;
}
