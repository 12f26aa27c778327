using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary>The contexts that an application has registered with its host.</summary>
internal static class RegisteredContext
{
    /// <summary>Returns the classes of all contexts registered with options.</summary>
    public static IReadOnlyList<Type> Types(IServiceProvider services) =>
        [.. services.GetServices<DbContextOptions>().Select(options => options.ContextType)];

    /// <summary>Creates a context; <see langword="null"/> if it is not registered.</summary>
    public static DbContext? Create(Type type, IServiceProvider services)
    {
        var options = (DbContextOptions?)services.GetService(typeof(DbContextOptions<>).MakeGenericType(type));
        // A pool would return a context that has been used before, with its old options.
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
