namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor mm(Tensor target) => Wrap(Native.ts_mm(Handle, target.Handle), this, target);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Wrap(Native.ts_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha), this, mat1, mat2);
    }
}
