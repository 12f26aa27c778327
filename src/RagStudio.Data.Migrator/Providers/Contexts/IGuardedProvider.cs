using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A provider's part of protecting EF's own ways to migrate: it finds the database of a context.</summary>
public interface IGuardedProvider : IContextProvider
{
    /// <summary>Finds the database of a context that EF was asked to migrate. A run migrates it with that same context.</summary>
    /// <param name="context">The context; its own connection is closed while the run holds the database.</param>
    /// <param name="name">
    /// The database's name in backups and in the history; <see langword="null"/> for its name in the application, else
    /// <see cref="DatabaseName.DefaultFor"/>.
    /// </param>
    /// <param name="application">The application's services, if the context comes from them.</param>
    /// <param name="isAsync">True if interceptors are called by their asynchronous methods, as EF would do it.</param>
    /// <returns>The database; <see langword="null"/> if there is nothing to protect, and EF migrates alone.</returns>
    /// <exception cref="InvalidOperationException">The database cannot be identified.</exception>
    IMigrationDatabase? Find(DbContext context, string? name, IServiceProvider? application, bool isAsync);
}
