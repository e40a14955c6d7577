namespace ImageRestoration.Networks;

/// <summary>What <see cref="Pool2dLayer"/> takes from each window.</summary>
public enum PoolKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The mean; padding counts as zeros, as in PyTorch's default.</summary>
    Average,
}
