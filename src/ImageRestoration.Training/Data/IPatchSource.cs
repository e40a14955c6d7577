namespace ImageRestoration.Data;

/// <summary>A set of pictures from which training cuts patches.</summary>
/// <remarks>
/// A source whose pictures belong to classes implements <see cref="ILabelledPatchSource"/>, one that has its own degraded pictures
/// <see cref="IPairedPatchSource"/>. Implementations are safe for use from several threads.
/// </remarks>
public interface IPatchSource
{
    /// <summary>Number of pictures, at least 1.</summary>
    int Count { get; }

    /// <summary>Channels of every picture: 1 for grey, 3 for RGB, more for stacks of aligned pictures.</summary>
    int Channels { get; }

    /// <summary>Name of a picture for messages, such as its file's path.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>The name.</returns>
    string NameOf(int index);

    /// <summary>Size of a picture.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>Rows and columns.</returns>
    (int Height, int Width) SizeOf(int index);

    /// <summary>Copies a rectangle of a picture.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <param name="top">First row.</param>
    /// <param name="left">First column.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="destination">channels × height × width values, plane by plane, in [0, 1].</param>
    void Read(int index, int top, int left, int height, int width, Span<float> destination);
}
