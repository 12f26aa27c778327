using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data.Cli;

/// <summary>Finds the contexts of an application as EF does: its own, and those that it has a design-time factory for.</summary>
internal static class ContextTypes
{
    public static IReadOnlyList<ContextType> Find(Assembly assembly)
    {
        var types = ApplicationAssembly.TypesOf(assembly);
        var factories = types
            .Where(IsCreatable)
            .SelectMany(FactoryOf)
            .ToLookup(pair => pair.Context, pair => pair.Factory);
        return
        [
            .. types
                .Where(type => type.IsSubclassOf(typeof(DbContext)) && IsCreatable(type))
                .Concat(factories.Select(group => group.Key))
                .Distinct()
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => new ContextType(type, FactoryFor(type, factories))),
        ];
    }

    // A context may have its factory beside it, in an assembly of which the application's is only a user.
    private static Type? FactoryFor(Type context, ILookup<Type, Type> factories) =>
        factories[context].FirstOrDefault()
        ?? ApplicationAssembly
            .TypesOf(context.Assembly)
            .Where(IsCreatable)
            .SelectMany(FactoryOf)
            .FirstOrDefault(pair => pair.Context == context)
            .Factory;

    private static bool IsCreatable(Type type) => type is { IsAbstract: false, ContainsGenericParameters: false };

    private static IEnumerable<(Type Context, Type Factory)> FactoryOf(Type type) =>
        type.GetInterfaces()
            .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>))
            .Select(one => (one.GenericTypeArguments[0], type));
}
