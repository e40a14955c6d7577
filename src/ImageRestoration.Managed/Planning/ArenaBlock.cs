namespace ImageRestoration.Managed;

/// <summary>Part of the arena that holds a value from the step that writes it to the last that reads it.</summary>
internal sealed class ArenaBlock(long size)
{
    /// <summary>Size in floats.</summary>
    internal long Size { get; } = size;

    /// <summary>First step that uses it.</summary>
    internal int FirstStep { get; set; } = int.MaxValue;

    /// <summary>Last step that uses it.</summary>
    internal int LastStep { get; set; } = -1;

    /// <summary>Where it begins; known once <see cref="ArenaPlanner"/> has placed it.</summary>
    internal long Offset { get; set; } = -1;

    internal void UseAt(int step)
    {
        FirstStep = Math.Min(FirstStep, step);
        LastStep = Math.Max(LastStep, step);
    }

    internal bool LivesWith(ArenaBlock other) => FirstStep <= other.LastStep && other.FirstStep <= LastStep;
}
