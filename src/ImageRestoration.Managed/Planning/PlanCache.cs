using ImageRestoration.Imaging;

namespace ImageRestoration.Managed;

/// <summary>Keeps the plans used last. Safe for use from several threads.</summary>
internal sealed class PlanCache(int capacity, Func<ImageShape, ExecutionPlan> create)
{
    private readonly Lock _lock = new();

    /// <summary>The plan used last comes last.</summary>
    private readonly List<(ImageShape Shape, ExecutionPlan Plan)> _plans = new(capacity);

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _plans.Count;
            }
        }
    }

    internal ExecutionPlan Get(ImageShape input)
    {
        lock (_lock)
        {
            if (Find(input) is { } found)
            {
                return found;
            }
        }

        // Outside the lock: two threads may make the same plan, but none waits for the plan of another size.
        ExecutionPlan plan = create(input);
        lock (_lock)
        {
            if (Find(input) is { } found)
            {
                return found;
            }

            if (_plans.Count == capacity)
            {
                _plans.RemoveAt(0);
            }

            _plans.Add((input, plan));
        }

        return plan;
    }

    private ExecutionPlan? Find(ImageShape input)
    {
        for (int i = 0; i < _plans.Count; i++)
        {
            if (_plans[i].Shape == input)
            {
                (ImageShape Shape, ExecutionPlan Plan) found = _plans[i];
                _plans.RemoveAt(i);
                _plans.Add(found);
                return found.Plan;
            }
        }

        return null;
    }
}
