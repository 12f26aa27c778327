using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Cli;

/// <summary>Gives a context that its application's factory has made the options of the migrator.</summary>
/// <remarks>
/// A factory takes no options, and only it knows the context's other arguments. EF reads the options of a context when the context is
/// used for the first time; the tool brings the EF that it was tested with.
/// </remarks>
internal static class GivenOptions
{
    /// <exception cref="CommandException">The context was used already.</exception>
    public static DbContext In(DbContext context, DbContextOptions options)
    {
        FieldOf(context) = options;
        // A context that configures itself may name the assembly of its migrations: it is found beside the context.
        using var scope = AssemblyLoadContext.EnterContextualReflection(context.GetType().Assembly);
        _ = context.GetService<IMigrationsAssembly>();
        var used = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ReplacedServices;
        var wanted =
            options.FindExtension<CoreOptionsExtension>()?.ReplacedServices ?? new Dictionary<(Type, Type?), Type>();
        if (wanted.Keys.All(service => used?.ContainsKey(service) == true))
        {
            return context;
        }

        throw CommandException.Usage(
            $"{context.GetType().FullName} is used before its factory or constructor returns, so it cannot be guarded. The factory must only create it. Nothing was changed."
        );
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_options")]
    private static extern ref DbContextOptions FieldOf(DbContext context);
}
