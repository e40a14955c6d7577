namespace ImageRestoration.Data;

/// <summary>Which part of a CIFAR data set is read.</summary>
public enum CifarSplit
{
    /// <summary>The pictures to train on.</summary>
    Training,

    /// <summary>The pictures to test with, which training never sees.</summary>
    Test,
}
