// Thread counts and dispose-scope statistics of libtorch are process-wide or thread-bound: tests that look at them must not overlap.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
