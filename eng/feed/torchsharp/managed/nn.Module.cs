using System.Reflection;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module trains. It takes the given tensor's storage over and leaves it empty.</summary>
        public class Parameter : torch.Tensor
        {
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).MoveHandle(), false)
            {
                DisposeScope.ReplaceWith(data, this);
            }

            internal Parameter(IntPtr handle)
                : base(handle)
            {
            }
        }

        public sealed class GELU
        {
            public enum Approximate
            {
                none = 0,
                tanh = 1,
            }

            private GELU()
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

            public class Module : IDisposable
            {
                private readonly Dictionary<string, Modules.Parameter> _parameters = [];
                private readonly Dictionary<string, (Tensor buffer, bool persistent)> _buffers = [];
                private readonly Dictionary<string, Module> _submodules = [];
                private readonly string _name;
                private bool _training = true;

                protected Module(string name) => _name = name;

                ~Module() => Dispose(false);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                    if (!disposing)
                    {
                        return;
                    }

                    foreach (var parameter in _parameters.Values)
                    {
                        parameter.Dispose();
                    }

                    foreach (var (buffer, _) in _buffers.Values)
                    {
                        buffer.Dispose();
                    }

                    foreach (var module in _submodules.Values)
                    {
                        module.Dispose();
                    }
                }

                public virtual string GetName() => _name;

                public virtual bool training => _training;

                public virtual void train(bool on = true)
                {
                    _training = on;
                    foreach (var module in _submodules.Values)
                    {
                        module.train(on);
                    }
                }

                public virtual void eval() => train(false);

                public virtual void register_parameter(string name, Modules.Parameter param)
                {
                    if (param is null)
                    {
                        _parameters.Remove(name);
                        return;
                    }

                    if (!_parameters.TryAdd(name, param))
                    {
                        throw new InvalidOperationException($"Parameter {name} is already registered.");
                    }
                }

                public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
                {
                    if (!_buffers.TryAdd(name, (tensor, persistent)))
                    {
                        throw new InvalidOperationException($"Tensor {name} is already registered.");
                    }
                }

                public virtual void register_module(string name, Module submodule)
                {
                    if (!_submodules.TryAdd(name, submodule))
                    {
                        throw new InvalidOperationException($"Sub-module {name} is already registered.");
                    }
                }

                // Registers what the fields hold, under the fields' names.
                protected virtual void RegisterComponents()
                {
                    foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    {
                        switch (field.GetValue(this))
                        {
                            case Module module:
                                _submodules[field.Name] = module;
                                break;
                            case Modules.Parameter parameter:
                                _parameters[field.Name] = parameter;
                                break;
                            case Tensor buffer:
                                _buffers[field.Name] = (buffer, true);
                                break;
                        }
                    }
                }

                public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(m => (m.Key, m.Value));

                public virtual IEnumerable<Module> children() => _submodules.Values;

                public virtual IEnumerable<(string name, Module module)> named_modules()
                {
                    foreach (var (name, module) in _submodules)
                    {
                        yield return (name, module);
                        foreach (var (inner, nested) in module.named_modules())
                        {
                            yield return ($"{name}.{inner}", nested);
                        }
                    }
                }

                public virtual IEnumerable<(string name, Modules.Parameter parameter)> named_parameters(bool recurse = true)
                {
                    var seen = new HashSet<IntPtr>();
                    foreach (var (name, parameter) in _parameters)
                    {
                        if (seen.Add(parameter.Handle))
                        {
                            yield return (name, parameter);
                        }
                    }

                    foreach (var (prefix, module) in recurse ? _submodules : [])
                    {
                        foreach (var (name, parameter) in module.named_parameters())
                        {
                            if (seen.Add(parameter.Handle))
                            {
                                yield return ($"{prefix}.{name}", parameter);
                            }
                        }
                    }
                }

                public virtual IEnumerable<Modules.Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

                public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true)
                {
                    foreach (var (name, (buffer, _)) in _buffers)
                    {
                        yield return (name, buffer);
                    }

                    foreach (var (prefix, module) in recurse ? _submodules : [])
                    {
                        foreach (var (name, buffer) in module.named_buffers())
                        {
                            yield return ($"{prefix}.{name}", buffer);
                        }
                    }
                }

                public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

                public virtual Modules.Parameter? get_parameter(string target) =>
                    named_parameters().FirstOrDefault(p => p.name == target).parameter;

                public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

                public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
                {
                    destination ??= [];
                    string Key(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
                    foreach (var (name, parameter) in _parameters)
                    {
                        destination.TryAdd(Key(name), parameter);
                    }

                    foreach (var (name, (buffer, persistent)) in _buffers)
                    {
                        if (persistent)
                        {
                            destination.TryAdd(Key(name), buffer);
                        }
                    }

                    foreach (var (name, module) in _submodules)
                    {
                        module.state_dict(destination, Key(name));
                    }

                    return destination;
                }

                public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
                {
                    var own = state_dict();
                    var missing = own.Keys.Where(k => !source.ContainsKey(k)).ToList();
                    var unexpected = source.Keys.Where(k => !own.ContainsKey(k)).ToList();
                    if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    {
                        throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                    }

                    using (no_grad())
                    {
                        foreach (var (key, value) in source)
                        {
                            if (own.TryGetValue(key, out var target) && (skip is null || !skip.Contains(key)))
                            {
                                target.copy_(value);
                            }
                        }
                    }

                    return (missing, unexpected);
                }

                public virtual void zero_grad(bool set_to_none = true)
                {
                    foreach (var parameter in parameters())
                    {
                        using var grad = parameter.grad;
                        if (grad is null)
                        {
                            continue;
                        }

                        if (set_to_none)
                        {
                            parameter.grad = null;
                        }
                        else
                        {
                            using (no_grad())
                            {
                                grad.zero_();
                            }
                        }
                    }
                }

                protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(device, dtype, non_blocking);

                protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => Move(new Device(deviceType, deviceIndex), null, non_blocking);

                protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(null, dtype, non_blocking);

                // Replaces the tensors and the fields that hold them; gradients are dropped with the old ones.
                private Module Move(Device? device, ScalarType? dtype, bool nonBlocking)
                {
                    foreach (var (name, old) in _parameters.ToArray())
                    {
                        using var scope = NewDisposeScope();
                        using var none = no_grad();
                        using var moved = old.to(dtype ?? old.dtype, device ?? old.device, non_blocking: nonBlocking);
                        if (moved.dtype != old.dtype || moved.device != old.device)
                        {
                            var replacement = new Modules.Parameter(moved.alias(), old.requires_grad);
                            replacement.DetachFromDisposeScope();
                            _parameters[name] = replacement;
                            Replace(old, replacement);
                        }
                    }

                    foreach (var (name, (old, persistent)) in _buffers.ToArray())
                    {
                        using var scope = NewDisposeScope();
                        var type = dtype is not null && old.is_floating_point() ? dtype.Value : old.dtype;
                        using var moved = old.to(type, device ?? old.device, non_blocking: nonBlocking);
                        if (moved.dtype != old.dtype || moved.device != old.device)
                        {
                            var replacement = moved.alias().DetachFromDisposeScope();
                            _buffers[name] = (replacement, persistent);
                            Replace(old, replacement);
                        }
                    }

                    foreach (var module in _submodules.Values)
                    {
                        module.Move(device, dtype, nonBlocking);
                    }

                    return this;
                }

                private void Replace(Tensor old, Tensor replacement)
                {
                    foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    {
                        if (ReferenceEquals(field.GetValue(this), old))
                        {
                            field.SetValue(this, replacement);
                        }
                    }

                    old.Dispose();
                }
            }

            public abstract class Module<T, TResult> : Module
            {
                protected Module(string name)
                    : base(name)
                {
                }

                public abstract TResult forward(T input);

                public TResult call(T input) => forward(input);
            }

            public abstract class Module<T1, T2, TResult> : Module
            {
                protected Module(string name)
                    : base(name)
                {
                }

                public abstract TResult forward(T1 input1, T2 input2);

                public TResult call(T1 input1, T2 input2) => forward(input1, input2);
            }
        }
    }

    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(device, type, non_blocking);

        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(deviceType, deviceIndex, non_blocking);

        public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(device.type, device.index, non_blocking);

        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(type, non_blocking);

        public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(DeviceType.CPU, -1, non_blocking);

        public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(DeviceType.CUDA, deviceIndex, non_blocking);
    }
}
