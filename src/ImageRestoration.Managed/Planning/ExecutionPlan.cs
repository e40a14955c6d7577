using System.Collections.Immutable;
using ImageRestoration.Imaging;

namespace ImageRestoration.Managed;

/// <summary>All that is decided for a network and a size: the steps and where each value lies. Read-only: runs share it.</summary>
/// <param name="Steps">The steps in order.</param>
/// <param name="ArenaLength">Floats that a run needs.</param>
/// <param name="ScratchLength">Floats that each thread of a run needs besides.</param>
/// <param name="LargestLiveSet">Floats of the values alive at the busiest step: no plan needs less.</param>
/// <param name="InputShapes">Shape of each input.</param>
/// <param name="OutputShapes">Shape of each wanted output.</param>
internal sealed record ExecutionPlan(
    Step[] Steps,
    long ArenaLength,
    long ScratchLength,
    long LargestLiveSet,
    ImmutableArray<ImageShape> InputShapes,
    ImmutableArray<ImageShape> OutputShapes);
