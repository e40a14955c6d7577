namespace ImageRestoration.Restoration;

/// <summary>What a restorer is.</summary>
/// <param name="Name">Name of the model or method.</param>
/// <param name="Task">What it does.</param>
/// <param name="Channels">Channels of the pictures it takes: 1 for grey, 3 for RGB.</param>
/// <param name="TakesMask">Whether a request needs a mask.</param>
/// <param name="Backend">What computes, such as <c>OnnxRuntime</c>.</param>
/// <param name="Device">Where it computes, such as <c>cpu</c> or <c>cuda:0</c>.</param>
public sealed record RestorerInfo(string Name, RestorationTask Task, int Channels, bool TakesMask, string Backend, string Device);
