using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary>Contexts that an application has registered with its host.</summary>
internal static class RegisteredContext
{
    /// <summary>The classes of all that are registered with options.</summary>
    public static IReadOnlyList<Type> Types(IServiceProvider services) =>
        [.. services.GetServices<DbContextOptions>().Select(options => options.ContextType)];

    /// <summary>A new context; <see langword="null"/> where it is not registered.</summary>
    public static DbContext? Create(Type type, IServiceProvider services)
    {
        var options = (DbContextOptions?)services.GetService(typeof(DbContextOptions<>).MakeGenericType(type));
        // A pool would lend one that was used before, with the options that it was used with.
        if (options?.FindExtension<CoreOptionsExtension>()?.MaxPoolSize is not null)
        {
            return (DbContext)ActivatorUtilities.CreateInstance(services, type);
        }

        var factory = typeof(IDbContextFactory<>).MakeGenericType(type);
        return services.GetService(factory) is { } registered
            ? (DbContext)factory.GetMethod("CreateDbContext")!.Invoke(registered, null)!
            : (DbContext?)services.GetService(type);
    }
}
