using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

public sealed class PlanTests
{
    [Fact]
    public void PlanFor_MoreSizesThanKept_ForgetsTheOneUsedLongestAgo()
    {
        Network network = DnCnn.Create(depth: 2, channels: 4);
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network), plans: 2);
        ExecutionPlan first = runner.PlanFor(new ImageShape(1, 3, 8, 8));
        ExecutionPlan second = runner.PlanFor(new ImageShape(1, 3, 8, 9));
        Assert.Same(first, runner.PlanFor(new ImageShape(1, 3, 8, 8)));
        runner.PlanFor(new ImageShape(1, 3, 8, 10));
        Assert.Equal(2, runner.CachedPlans);
        Assert.Same(first, runner.PlanFor(new ImageShape(1, 3, 8, 8)));
        Assert.NotSame(second, runner.PlanFor(new ImageShape(1, 3, 8, 9)));
    }

    [Theory]
    [InlineData("unet", 512)]
    [InlineData("dncnn", 256)]
    public void PlanFor_Architecture_NeedsHardlyMoreThanTheLargestLiveSet(string name, int size)
    {
        Network network = name == "unet" ? UNet.Create() : DnCnn.Create();
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        ExecutionPlan plan = runner.PlanFor(new ImageShape(1, 3, size, size));
        Assert.InRange(plan.ArenaLength, plan.LargestLiveSet, plan.LargestLiveSet * 1.05);
    }

    [Fact]
    public void Place_RandomLives_NoTwoOverlap()
    {
        var random = new SeededRandom(5);
        ArenaBlock[] blocks = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var block = new ArenaBlock(random.Next(1, 5000));
            int first = random.Next(0, 60);
            block.UseAt(first);
            block.UseAt(first + random.Next(0, 12));
            return block;
        })];
        long length = ArenaPlanner.Place(blocks);
        foreach (ArenaBlock a in blocks)
        {
            Assert.InRange(a.Offset + a.Size, 1, length);
            Assert.Equal(0, a.Offset % ValueLayout.Lanes);
            Assert.DoesNotContain(blocks, b => b != a && a.LivesWith(b) && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size);
        }
    }

    [Fact]
    public void Run_LargeThenSmallThenLarge_ReusesTheArena()
    {
        Network network = DnCnn.Create(depth: 3, channels: 20);
        NetworkWeights weights = TestNetworks.Weights(network);
        using ManagedNetwork runner = TestNetworks.Create(network, weights);
        foreach ((int height, int width) in new[] { (33, 41), (5, 7), (33, 41), (40, 60) })
        {
            using ImageTensor input = NetworkCase.RandomInput(new ImageShape(1, 3, height, width), seed: 2);
            using ImageTensor expected = ReferenceEvaluator.Run(network, weights, input);
            using ImageTensor actual = runner.Run([input], CancellationToken.None)[0];
            TestNetworks.AssertEqual(expected, actual, $"{height}×{width}");
        }
    }

    [Fact]
    public void PlanFor_Concatenation_WritesItsInputsInPlace()
    {
        Network network = TestNetworks.Build(3, x => x.Conv2d(32, 1, name: "a").Concat([x.Conv2d(20, 1, name: "b")]));
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network));
        ExecutionPlan plan = runner.PlanFor(new ImageShape(2, 3, 6, 7));
        ValueLayout a = plan.Steps.Single(s => s.Name == "a").Output!, b = plan.Steps.Single(s => s.Name == "b").Output!;
        Assert.Same(a.Storage, b.Storage);
        Assert.Equal(4L * 2 * 6 * 7 * ValueLayout.Lanes, a.Storage.Size);
    }

    [Fact]
    public void PlanFor_OnlyTheFirstOutputWanted_LeavesOutWhatOthersNeed()
    {
        var builder = new NetworkBuilder("two");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("result", image.Conv2d(3, 1));
        builder.Output("other", image.Conv2d(64, 3, padding: 1).Sigmoid());
        Network network = builder.Build();
        using var runner = new ManagedNetwork(network, TestNetworks.Weights(network), new ManagedOptions(), outputs: 1);
        Assert.Single(runner.Operations);
        Assert.Single(runner.PlanFor(new ImageShape(1, 3, 4, 4)).OutputShapes);
    }
}
