namespace ImageRestoration.Data;

/// <summary>Pictures that each belong to a class, for networks that are conditioned on it.</summary>
/// <remarks>Implementations are safe for use from several threads.</remarks>
public interface ILabelledPatchSource : IPatchSource
{
    /// <summary>Number of classes, at least 1.</summary>
    int ClassCount { get; }

    /// <summary>Class of a picture.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>The class, from 0 to below <see cref="ClassCount"/>.</returns>
    int LabelOf(int index);
}
