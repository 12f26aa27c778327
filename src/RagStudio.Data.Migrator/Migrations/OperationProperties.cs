using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The properties in which an operation differs from a new one of its type, sorted by name.</summary>
internal sealed class OperationProperties
{
    private static readonly ConcurrentDictionary<Type, OperationProperties> Known = [];

    /// <summary>
    /// The members of EF's operations that trimming must preserve: without a property that no other code
    /// reads, every checksum would change, and every applied migration would look edited.
    /// </summary>
    private const DynamicallyAccessedMemberTypes Read =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private readonly OperationProperty[] _properties;

    /// <summary>The value of each property in a new operation.</summary>
    private readonly object?[] _defaults;

    [DynamicDependency(Read, typeof(AddCheckConstraintOperation))]
    [DynamicDependency(Read, typeof(AddColumnOperation))]
    [DynamicDependency(Read, typeof(AddForeignKeyOperation))]
    [DynamicDependency(Read, typeof(AddPrimaryKeyOperation))]
    [DynamicDependency(Read, typeof(AddUniqueConstraintOperation))]
    [DynamicDependency(Read, typeof(AlterColumnOperation))]
    [DynamicDependency(Read, typeof(AlterDatabaseOperation))]
    [DynamicDependency(Read, typeof(AlterSequenceOperation))]
    [DynamicDependency(Read, typeof(AlterTableOperation))]
    [DynamicDependency(Read, typeof(CreateIndexOperation))]
    [DynamicDependency(Read, typeof(CreateSequenceOperation))]
    [DynamicDependency(Read, typeof(CreateTableOperation))]
    [DynamicDependency(Read, typeof(DeleteDataOperation))]
    [DynamicDependency(Read, typeof(DropCheckConstraintOperation))]
    [DynamicDependency(Read, typeof(DropColumnOperation))]
    [DynamicDependency(Read, typeof(DropForeignKeyOperation))]
    [DynamicDependency(Read, typeof(DropIndexOperation))]
    [DynamicDependency(Read, typeof(DropPrimaryKeyOperation))]
    [DynamicDependency(Read, typeof(DropSchemaOperation))]
    [DynamicDependency(Read, typeof(DropSequenceOperation))]
    [DynamicDependency(Read, typeof(DropTableOperation))]
    [DynamicDependency(Read, typeof(DropUniqueConstraintOperation))]
    [DynamicDependency(Read, typeof(EnsureSchemaOperation))]
    [DynamicDependency(Read, typeof(InsertDataOperation))]
    [DynamicDependency(Read, typeof(RenameColumnOperation))]
    [DynamicDependency(Read, typeof(RenameIndexOperation))]
    [DynamicDependency(Read, typeof(RenameSequenceOperation))]
    [DynamicDependency(Read, typeof(RenameTableOperation))]
    [DynamicDependency(Read, typeof(RestartSequenceOperation))]
    [DynamicDependency(Read, typeof(SqlOperation))]
    [DynamicDependency(Read, typeof(UpdateDataOperation))]
    private OperationProperties(Type type)
    {
        // An application's own operation type may need constructor arguments; the defaults then come from the types of its
        // properties.
        var fresh = type.GetConstructor(Type.EmptyTypes)?.Invoke(null);
        var stated = StatedBy(type);
        _properties = Array.ConvertAll(stated, OperationProperty.Create);
        _defaults = fresh is null
            ? Array.ConvertAll(stated, property => DefaultOf(property.PropertyType))
            : Array.ConvertAll(_properties, property => property.ValueOf(fresh));
    }

    public static IEnumerable<(string Name, object? Value)> NonDefault(MigrationOperation operation) =>
        Known.GetOrAdd(operation.GetType(), type => new OperationProperties(type)).In(operation);

    private IEnumerable<(string Name, object? Value)> In(MigrationOperation operation)
    {
        for (var i = 0; i < _properties.Length; i++)
        {
            var value = _properties[i].ValueOf(operation);
            if (!IsUnchanged(value, _defaults[i]))
            {
                yield return (_properties[i].Name, value);
            }
        }
    }

    private static PropertyInfo[] StatedBy(Type type)
    {
        var stated = Array.FindAll(type.GetProperties(BindingFlags.Public | BindingFlags.Instance), IsStated);
        // A property that hides another of the same name represents both.
        var seen = Array.FindAll(stated, property => !Array.Exists(stated, other => Hides(other, property)));
        Array.Sort(seen, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return seen;
    }

    private static bool Hides(PropertyInfo property, PropertyInfo other) =>
        property.Name == other.Name && property.DeclaringType!.IsSubclassOf(other.DeclaringType!);

    /// <summary>
    /// True for properties that an author sets, and for the parts of an operation, which are created with it.
    /// Everything else is derived from those. IsDestructiveChange only warns the author.
    /// </summary>
    private static bool IsStated(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
        && property.GetMethod?.IsPublic == true
        && property.Name != nameof(MigrationOperation.IsDestructiveChange)
        && (property.SetMethod?.IsPublic == true || IsPart(property.PropertyType));

    private static bool IsPart(Type type) =>
        type != typeof(string)
        && (type.IsAssignableTo(typeof(IEnumerable)) || type.IsAssignableTo(typeof(MigrationOperation)));

    private static bool IsUnchanged(object? value, object? fresh) =>
        (value, fresh) switch
        {
            (MigrationOperation part, MigrationOperation) => !NonDefault(part).Any() && !part.GetAnnotations().Any(),
            // Without a new collection to compare with, a missing collection differs from an empty one: an
            // empty one makes an index descending.
            (ICollection items, ICollection same) => items.Count == 0 && same.Count == 0,
            _ => Equals(value, fresh),
        };

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
