using System.Reflection;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary>
/// Creates contexts of an application as EF does at design time: by their factory, otherwise from the
/// application's host, otherwise by a constructor.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="host">The application's host, which is used if there is no factory.</param>
/// <param name="assembly">The application's assembly, which may contain the migrations.</param>
/// <param name="connection">A connection string for a context that receives its options.</param>
/// <param name="isByConnection">True if its keywords choose the provider, whatever the application configures.</param>
internal sealed class ContextCreation(
    ContextType context,
    ApplicationHost host,
    Assembly assembly,
    string? connection,
    bool isByConnection
)
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags OwnMethods = BindingFlags.Instance | BindingFlags.NonPublic;

    private bool? _configuresItself;

    /// <summary>Creates a context as its application configures it at design time.</summary>
    /// <exception cref="CommandException">There is no way to create it, or creating it failed.</exception>
    public DbContext Create()
    {
        // Assemblies that a factory loads by name are the application's.
        using var scope = AssemblyLoadContext.EnterContextualReflection(context.Type.Assembly);
        try
        {
            return isByConnection ? ByConstructor()
                : context.Factory is { } factory ? ByFactory(factory)
                : ByHost() ?? ByConstructor();
        }
        catch (Exception error) when (ApplicationAssembly.Refusal(error) is { } refusal)
        {
            throw refusal;
        }
        // This runs the application's own code: whatever it throws, its user knows what to do about it.
        catch (Exception error)
        {
            var reason = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            throw CommandException.Usage(
                $"{context.Type.FullName} cannot be created: {reason.GetType().Name}: {reason.Message} Nothing was changed.",
                error
            );
        }
    }

    private DbContext ByFactory(Type type)
    {
        var factory = Activator.CreateInstance(type, nonPublic: true)!;
        var create = typeof(IDesignTimeDbContextFactory<>).MakeGenericType(context.Type).GetMethod("CreateDbContext")!;
        return (DbContext)create.Invoke(factory, [Array.Empty<string>()])!;
    }

    // The scope stays open: the options keep a reference to it, and EF uses it as long as they are used.
    private DbContext? ByHost() =>
        host.Services?.CreateScope().ServiceProvider is { } services
            ? RegisteredContext.Create(context.Type, services)
            : null;

    private DbContext ByConstructor()
    {
        var constructors = context.Type.GetConstructors(Constructors);
        var own = constructors.FirstOrDefault(one => one.GetParameters().All(parameter => parameter.HasDefaultValue));
        if (own is not null && connection is null)
        {
            return Invoke(own, null);
        }

        var given = constructors.FirstOrDefault(one => one.GetParameters().All(p => IsOptions(p) || p.HasDefaultValue));
        if ((given ?? own) is not { } constructor)
        {
            throw CommandException.Usage(
                $"{Unknown}, and its constructors need arguments that this tool cannot provide. Add an IDesignTimeDbContextFactory<{context.Type.Name}> to the application."
            );
        }

        var configuresItself = _configuresItself ??= ConfiguresItself(constructor);
        return !configuresItself && connection is null
            ? throw CommandException.Usage(
                $"{Unknown}: {ApplicationProviders.Advice}, or add a factory to the application."
            )
            : Invoke(constructor, configuresItself ? null : connection);
    }

    // Its own choice of a provider comes first; two of them would be an error.
    private bool ConfiguresItself(ConstructorInfo constructor)
    {
        if (context.Type.GetMethod("OnConfiguring", OwnMethods)!.DeclaringType == typeof(DbContext))
        {
            return false;
        }

        using var created = Invoke(constructor, null);
        try
        {
            return created.Database.ProviderName is not null;
        }
        // EF's error for a context without a provider. Any other cause shows again when the context is used.
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private string Unknown =>
        $"{context.Type.FullName} has no design-time factory, and the application {(host.Services is null ? "builds no host that has it" : "does not register it in its host")}";

    private static bool IsOptions(ParameterInfo parameter) =>
        typeof(DbContextOptions).IsAssignableFrom(parameter.ParameterType);

    private DbContext Invoke(ConstructorInfo constructor, string? connectionString) =>
        (DbContext)
            constructor.Invoke([
                .. constructor.GetParameters().Select(p => IsOptions(p) ? OptionsOf(connectionString) : p.DefaultValue),
            ]);

    private DbContextOptions OptionsOf(string? connectionString)
    {
        var type = typeof(DbContextOptionsBuilder<>).MakeGenericType(context.Type);
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(type)!;
        if (connectionString is not null)
        {
            var used = isByConnection
                ? null
                : ApplicationProviders.FindByMigrations(
                    context.Type,
                    new[] { context.Type.Assembly, assembly }.Distinct()
                );
            var provider = used ?? ApplicationProviders.FindByKeywords(connectionString);
            provider.Use(builder, connectionString);
        }

        return builder.Options;
    }
}
