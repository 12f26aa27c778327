using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary>
/// Finds the contexts of an application as EF does: in its assembly, through its design-time factories, and
/// in its host.
/// </summary>
internal static class ContextTypes
{
    /// <param name="assembly">The application's assembly.</param>
    /// <param name="names">The requested names; empty for all.</param>
    /// <param name="host">
    /// The application's host, which is used only if the assembly is not enough, because that runs the
    /// application.
    /// </param>
    public static IReadOnlyList<ContextType> Find(Assembly assembly, IReadOnlyList<string> names, ApplicationHost host)
    {
        var own = FindIn(assembly);
        var isTold =
            names.Count > 0
                ? names.All(name => own.Any(context => context.Is(name, StringComparison.OrdinalIgnoreCase)))
                : own.Count > 0 && own.All(context => context.Factory is not null);
        return isTold ? own : [.. own, .. Registered(host).ExceptBy(own.Select(one => one.Type), one => one.Type)];
    }

    private static IEnumerable<ContextType> Registered(ApplicationHost host)
    {
        using var scope = host.Services?.CreateScope();
        return scope is null
            ? []
            :
            [
                .. RegisteredContext
                    .Types(scope.ServiceProvider)
                    .Distinct()
                    .Select(type => new ContextType(type, FactoryIn(type.Assembly, type))),
            ];
    }

    private static IReadOnlyList<ContextType> FindIn(Assembly assembly)
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

    // A context's factory may be in the context's own assembly rather than the application's.
    private static Type? FactoryFor(Type context, ILookup<Type, Type> factories) =>
        factories[context].FirstOrDefault() ?? FactoryIn(context.Assembly, context);

    private static Type? FactoryIn(Assembly assembly, Type context) =>
        ApplicationAssembly
            .TypesOf(assembly)
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
