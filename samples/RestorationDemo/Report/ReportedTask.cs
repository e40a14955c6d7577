using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace RestorationDemo.Report;

/// <summary>A task as the report names it.</summary>
internal sealed record ReportedTask(DemoTask Task, Model Model, RestorerInfo Restorer);
