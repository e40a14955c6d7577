namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        switch (tensors.Count)
        {
            case 0:
                throw new ArgumentException(nameof(tensors));
            case 1:
                return tensors[0].alias();
        }

        var handles = Tensor.Handles(tensors);
        fixed (IntPtr* p = handles)
        {
            var result = Native.ts_cat(p, handles.Length, dim);
            GC.KeepAlive(tensors);
            return Tensor.Wrap(result);
        }
    }

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        // Kept in a list, because a sequence could make its tensors anew and leave these to the collector.
        var list = tensors.ToList();
        var handles = Tensor.Handles(list);
        fixed (IntPtr* p = handles)
        {
            var result = Native.ts_stack(p, handles.Length, dim);
            GC.KeepAlive(list);
            return Tensor.Wrap(result);
        }
    }
}
