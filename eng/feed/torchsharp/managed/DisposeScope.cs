using System.Text;

namespace TorchSharp;

/// <summary>Owns the tensors made on its thread while it is the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ThrowIfDisposed();
            return Disposables.ToArray();
        }
    }

    public int DisposablesCount
    {
        get
        {
            ThrowIfDisposed();
            return Disposables.Count;
        }
    }

    private DisposeScopeManager ThrowIfDisposed() =>
        _manager ?? throw new ObjectDisposedException(GetType().FullName);

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOuter((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        if (scope is null)
        {
            Detach(disposables);
            return;
        }

        foreach (var disposable in disposables)
        {
            if (Disposables.Remove(disposable))
            {
                AddToOther(scope, disposable);
            }
        }
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        var manager = ThrowIfDisposed();
        foreach (var disposable in disposables)
        {
            if (Disposables.Remove(disposable) && disposable is torch.Tensor tensor)
            {
                manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
                tensor.OwningDisposeScope = null;
            }
        }
    }

    internal static void ReplaceWith(torch.Tensor original, torch.Tensor replacement)
    {
        var scope = original.OwningDisposeScope;
        if (scope is not null && scope.Disposables.Remove(original))
        {
            original.OwningDisposeScope = null;
            AddToOther(scope, replacement);
        }
    }

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var manager = ThrowIfDisposed();
        var result = new List<IDisposable>();
        foreach (var disposable in disposables)
        {
            if (AddToOther(this, disposable))
            {
                manager.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
            }

            result.Add(disposable);
        }

        return result;
    }

    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        var old = Disposables;
        Disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in old)
        {
            if (!Disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        if (_manager is null)
        {
            return;
        }

        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        _manager = null;
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        Disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    private static bool AddToOther(DisposeScope scope, IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
        {
            throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        }

        var old = tensor.OwningDisposeScope;
        if (ReferenceEquals(scope, old))
        {
            return false;
        }

        scope.Disposables.Add(tensor);
        old?.Disposables.Remove(tensor);
        tensor.OwningDisposeScope = scope;
        return true;
    }
}

/// <summary>Each thread's stack of dispose scopes.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? _threadSingleton;

    internal static DisposeScopeManager ThreadSingleton => _threadSingleton ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal DisposeScope? RegisterOnCurrentDisposeScope(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
            return null;
        }

        StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
        CurrentDisposeScope.Disposables.Add(tensor);
        return CurrentDisposeScope;
    }

    internal void DisposingOnCurrentScope(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }
    }

    // Scopes may end out of order, so the one that ends may lie below the innermost one.
    internal void RemoveDisposeScope(DisposeScope ended)
    {
        if (ReferenceEquals(CurrentDisposeScope, ended))
        {
            CurrentDisposeScope = ended.OuterScope;
            return;
        }

        for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, ended))
            {
                scope.OuterScope = ended.OuterScope;
                return;
            }
        }
    }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);
}

public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }
    public long DisposedOutsideScopeCount { get; internal set; }
    public long CreatedInScopeCount { get; internal set; }
    public long DisposedInScopeCount { get; internal set; }
    public long AttachedToScopeCount { get; internal set; }
    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount =>
        CreatedInScopeCount - DisposedInScopeCount + (CreatedOutsideScopeCount - DisposedOutsideScopeCount);

    public void Reset()
    {
        CreatedOutsideScopeCount = 0;
        DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = 0;
        DisposedInScopeCount = 0;
        AttachedToScopeCount = 0;
        DetachedFromScopeCount = 0;
    }

    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; " +
        $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; " +
        $"DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; " +
        $"DetachedFromScopeCount: {DetachedFromScopeCount}";
}

public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();
    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount + PackedSequenceStatistics.CreatedOutsideScopeCount;
    public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount + PackedSequenceStatistics.DisposedOutsideScopeCount;
    public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount + PackedSequenceStatistics.CreatedInScopeCount;
    public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount + PackedSequenceStatistics.DisposedInScopeCount;
    public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount + PackedSequenceStatistics.AttachedToScopeCount;
    public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount + PackedSequenceStatistics.DetachedFromScopeCount;
    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount + PackedSequenceStatistics.ThreadTotalLiveCount;

    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; " +
        $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; " +
        $"DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; " +
        $"DetachedFromScopeCount: {DetachedFromScopeCount}";
}
