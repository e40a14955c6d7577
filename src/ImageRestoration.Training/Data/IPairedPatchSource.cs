namespace ImageRestoration.Data;

/// <summary>
/// Pictures that are there twice, clean and degraded, such as photographs of one scene with short and with long exposure.
/// </summary>
/// <remarks>Implementations are safe for use from several threads.</remarks>
public interface IPairedPatchSource : IPatchSource
{
    /// <summary>Copies a rectangle of a picture's degraded partner, which has the picture's size and channels.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <param name="top">First row.</param>
    /// <param name="left">First column.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="destination">channels × height × width values, plane by plane, in [0, 1].</param>
    void ReadDegraded(int index, int top, int left, int height, int width, Span<float> destination);
}
