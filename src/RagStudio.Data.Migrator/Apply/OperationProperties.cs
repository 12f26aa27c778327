using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>The properties in which an operation differs from a new one of its type, in the order of their names.</summary>
internal sealed class OperationProperties
{
    private static readonly ConcurrentDictionary<Type, OperationProperties> Known = [];

    private readonly IReadOnlyList<(PropertyInfo Property, object? Default)> _properties;

    private OperationProperties(Type type)
    {
        // An operation of an application's own may want arguments; then the types of its properties tell their defaults.
        var fresh = type.GetConstructor(Type.EmptyTypes)?.Invoke(null);
        _properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(IsStated)
                .OrderByDescending(property => Depth(property.DeclaringType!))
                // A property that hides another of its name stands for both.
                .DistinctBy(property => property.Name)
                .OrderBy(property => property.Name, StringComparer.Ordinal)
                .Select(property =>
                    (property, fresh is null ? DefaultOf(property.PropertyType) : property.GetValue(fresh))
                ),
        ];
    }

    public static IEnumerable<(string Name, object? Value)> Of(MigrationOperation operation) =>
        from pair in Known.GetOrAdd(operation.GetType(), type => new OperationProperties(type))._properties
        let value = pair.Property.GetValue(operation)
        where !IsUnchanged(value, pair.Default)
        select (pair.Property.Name, value);

    /// <summary>
    /// What an author states: what can be set, and the parts of an operation, which are made with it. Anything else is derived from
    /// those. Whether a change is destructive only warns the author.
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
            (MigrationOperation part, MigrationOperation) => !Of(part).Any() && !part.GetAnnotations().Any(),
            // Without a fresh collection there is a difference between none and an empty one: an index is descending by it.
            (ICollection items, ICollection same) => items.Count == 0 && same.Count == 0,
            _ => Equals(value, fresh),
        };

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
