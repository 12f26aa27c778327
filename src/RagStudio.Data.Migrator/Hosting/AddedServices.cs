using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Resolves what was added to a builder: single instances, the last of a type or all of them in order. A container
/// would do more, and building one takes longer than a start with nothing pending.
/// </summary>
internal sealed class AddedServices(IServiceCollection added) : IServiceProvider
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ServiceDescriptor, object> _instances = [];

    public object? GetService(Type serviceType) =>
        serviceType.IsConstructedGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? All(serviceType.GenericTypeArguments[0])
        : added.LastOrDefault(service => service.ServiceType == serviceType) is { } last ? InstanceOf(last)
        : null;

    private Array All(Type type)
    {
        object[] found = [.. added.Where(service => service.ServiceType == type).Select(InstanceOf)];
        var typed = Array.CreateInstance(type, found.Length);
        found.CopyTo(typed, 0);
        return typed;
    }

    private object InstanceOf(ServiceDescriptor service)
    {
        lock (_gate)
        {
            if (!_instances.TryGetValue(service, out var instance))
            {
                _instances[service] = instance = Create(service);
            }
            return instance;
        }
    }

    private object Create(ServiceDescriptor service) =>
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(this)
        ?? throw new InvalidOperationException(
            $"{service.ServiceType.Name} needs a container: use AddMigrator, or add an instance."
        );
}
