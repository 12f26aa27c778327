using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Cli;

/// <summary>Gives the migrator's options to a context that its application's factory has created.</summary>
/// <remarks>
/// A factory takes no options, and only it knows the context's other arguments. EF reads a context's options
/// when the context is first used. The tool ships the EF version that it was tested with.
/// </remarks>
internal static class GivenOptions
{
    /// <exception cref="CommandException">The context has already been used.</exception>
    public static DbContext In(DbContext context, DbContextOptions options)
    {
        FieldOf(context) = options;
        // A context that configures itself may name its migrations assembly, which is found beside the context.
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
