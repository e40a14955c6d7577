namespace TorchSharp;

// Threads, dispose scopes and gradient modes.
public static partial class torch
{
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    public static int get_num_threads()
    {
        var result = Native.ts_get_num_threads();
        CheckForErrors();
        return result;
    }

    public static void set_num_threads(int num)
    {
        Native.ts_set_num_threads(num);
        CheckForErrors();
    }

    public static IDisposable no_grad() => new GradModeScope(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeScope(enabled);

    public static bool is_grad_enabled() => Native.ts_grad_mode_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceModeScope(mode);

    private sealed class GradModeScope : IDisposable
    {
        private readonly int _before = Native.ts_grad_mode_enabled();

        public GradModeScope(bool enabled) => Native.ts_grad_mode_set(enabled ? 1 : 0);

        public void Dispose() => Native.ts_grad_mode_set(_before);
    }

    private sealed unsafe class InferenceModeScope : IDisposable
    {
        private void* _guard;

        public InferenceModeScope(bool enabled)
        {
            _guard = Native.ts_inference_mode_enter(enabled ? 1 : 0);
            CheckForErrors();
        }

        public void Dispose()
        {
            if (_guard is not null)
            {
                Native.ts_inference_mode_leave(_guard);
                _guard = null;
            }
        }
    }
}
