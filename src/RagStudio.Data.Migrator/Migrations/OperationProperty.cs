using System.Reflection;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>A property of operations. It is read by a delegate: reflection compiles a method of its own for each property that it reads twice.</summary>
internal abstract class OperationProperty(string name)
{
    public string Name { get; } = name;

    public static OperationProperty Create(PropertyInfo property)
    {
        // One delegate type serves all references, and needs nothing compiled for it but once.
        var value = property.PropertyType.IsValueType ? property.PropertyType : typeof(object);
        var type = typeof(Read<,>).MakeGenericType(property.DeclaringType!, value);
        return (OperationProperty)Activator.CreateInstance(type, property)!;
    }

    public abstract object? ValueOf(object operation);

    private sealed class Read<TOperation, TValue>(PropertyInfo property) : OperationProperty(property.Name)
        where TOperation : class
    {
        private readonly Func<TOperation, TValue> _get = property.GetMethod!.CreateDelegate<Func<TOperation, TValue>>();

        public override object? ValueOf(object operation) => _get((TOperation)operation);
    }
}
