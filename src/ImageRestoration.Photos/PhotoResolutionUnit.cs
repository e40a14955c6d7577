namespace ImageRestoration.Photos;

/// <summary>What a resolution counts pixels by.</summary>
public enum PhotoResolutionUnit
{
    /// <summary>Nothing: the two numbers say the pixels' shape only.</summary>
    None,

    /// <summary>An inch.</summary>
    Inch,

    /// <summary>A centimetre.</summary>
    Centimeter,

    /// <summary>A metre.</summary>
    Meter,
}
