using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>A database as its storage sees it.</summary>
internal interface IPostgreSqlDatabase : IMigrationDatabase
{
    /// <summary>The class of its context.</summary>
    Type ContextType { get; }

    PostgreSqlDatabaseOptions Options { get; }

    /// <summary>Where EF records the applied migrations. Asks the context's services if its options may have changed it.</summary>
    EFHistory History { get; }

    /// <summary>The owner of its rows in the migrator's own tables.</summary>
    HistoryOwner Owner { get; }

    /// <summary>The schemas that operations of its migrations name. Creates the migrations.</summary>
    IReadOnlySet<string> NamedSchemas { get; }

    /// <summary>Prepares a connection for what the context writes.</summary>
    void Configure(NpgsqlDataSourceBuilder connections);

    /// <summary>Connects the context for migrations, if they involve it.</summary>
    /// <param name="compiled">The commands to run; <see langword="null"/> if EF has to generate them.</param>
    /// <param name="connection">The open connection.</param>
    /// <returns>The context; <see langword="null"/> if none is needed.</returns>
    ConnectedContext? ConnectFor(CompiledSteps? compiled, NpgsqlConnection connection);
}
