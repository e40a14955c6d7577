namespace ImageRestoration.Managed;

/// <summary>Which part of a layer an operation is. Layers that look at the whole picture take several.</summary>
internal enum OperationStage
{
    /// <summary>All of it, or the last part, which makes the layer's value.</summary>
    Whole,

    /// <summary>Mean and sum of squared deviations of each row.</summary>
    RowStatistics,

    /// <summary>Scale and offset of each channel from the rows' statistics.</summary>
    ChannelStatistics,
}
