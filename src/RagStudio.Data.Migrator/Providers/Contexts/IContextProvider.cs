using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>What only a provider knows about contexts.</summary>
public interface IContextProvider
{
    /// <summary>The provider's terms for messages.</summary>
    ContextTerms Terms { get; }

    /// <summary>Determines if options are those of the EF provider that this provider migrates.</summary>
    /// <param name="extension">The options.</param>
    /// <returns>True if they are.</returns>
    bool Supports(IDbContextOptionsExtension extension);

    /// <summary>Determines if the EF provider's options change how commands run, so that a run needs the context for them.</summary>
    /// <param name="extension">The options, which <see cref="Supports"/> accepts.</param>
    /// <returns>True if a run needs the context even for known commands.</returns>
    bool ParticipatesInRun(IDbContextOptionsExtension extension);

    /// <summary>Finds the connection string of a context whose database can be migrated.</summary>
    /// <param name="context">A context that uses the EF provider.</param>
    /// <returns>The connection string; <see langword="null"/> if there is none that a run could use.</returns>
    /// <exception cref="InvalidOperationException">It does not show which database it refers to.</exception>
    string? FindConnectionString(DbContext context);

    /// <summary>Makes a context use the EF provider.</summary>
    /// <param name="builder">The context's options.</param>
    /// <param name="connection">The connection; <see langword="null"/> for a context that is only asked for SQL.</param>
    /// <param name="source">The history table and the assembly of migrations to use.</param>
    void Use(DbContextOptionsBuilder builder, DbConnection? connection, IContextSource source);

    /// <summary>
    /// Replaces services of the EF provider that would disturb a run, by others of the provider's own assembly. Must have no effect on a context with
    /// another EF provider.
    /// </summary>
    /// <param name="builder">The context's options.</param>
    void ReplaceServices(DbContextOptionsBuilder builder) { }
}
