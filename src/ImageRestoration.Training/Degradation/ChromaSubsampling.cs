namespace ImageRestoration.Degradation;

/// <summary>Resolution of a JPEG file's colour planes relative to its brightness.</summary>
public enum ChromaSubsampling
{
    /// <summary>4:4:4: full resolution.</summary>
    Ratio444,

    /// <summary>4:2:2: half the columns.</summary>
    Ratio422,

    /// <summary>4:2:0: half the columns and half the rows, the usual choice of cameras and of the web.</summary>
    Ratio420,
}
