using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>A kind of database that an application's contexts work with.</summary>
internal interface IApplicationProvider
{
    /// <summary>The name of EF's provider, which is that of its assembly.</summary>
    string EFProvider { get; }

    /// <summary>The name of the database system for users.</summary>
    string Title { get; }

    /// <summary>The prefix of the provider's own annotations in models and operations.</summary>
    string AnnotationPrefix { get; }

    /// <summary>How a connection string begins, for users.</summary>
    string Example { get; }

    /// <summary>True if the provider knows a keyword of connection strings.</summary>
    bool HasKeyword(string keyword);

    /// <summary>
    /// True if a context with these options knows its whole connection string; a connection or a data source may keep
    /// the password to itself.
    /// </summary>
    bool KeepsPassword(RelationalOptionsExtension options);

    /// <summary>Makes a context use the provider.</summary>
    void Use(DbContextOptionsBuilder builder, string connectionString);

    /// <summary>Locates the database of a context.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="folder">The base folder of relative paths.</param>
    /// <param name="context">The context.</param>
    /// <exception cref="CommandException">The connection string cannot be used; its text is not repeated.</exception>
    ApplicationDatabase Locate(string connectionString, string folder, ContextType context);

    /// <summary>Adds the database of a context to the set to migrate.</summary>
    void Add<TContext>(ApplicationContext context, MigratorBuilder migrator)
        where TContext : DbContext;
}
