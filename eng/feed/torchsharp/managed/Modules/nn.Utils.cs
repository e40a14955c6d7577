using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class utils
        {
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                var list = tensors.ToArray();
                var handles = Tensor.Handles(list);
                fixed (IntPtr* p = handles)
                {
                    var result = Native.ts_clip_grad_norm(p, handles.Length, max_norm, norm_type);
                    GC.KeepAlive(list);
                    CheckForErrors();
                    return result;
                }
            }
        }
    }
}
