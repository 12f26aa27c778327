using System.Reflection;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// A property of operations, read by a delegate: reflection generates a method for each property that it
/// reads twice.
/// </summary>
internal abstract class OperationProperty(string name)
{
    public string Name { get; } = name;

    public static OperationProperty Create(PropertyInfo property)
    {
        // A single delegate type serves all reference types, and is JIT-compiled only once.
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
