using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Code of a migration, which a replay skips.</summary>
public sealed class ServerCode(Func<NpgsqlConnection, NpgsqlTransaction, Task> run) : IMigrationCode
{
    public string Name => "code";

    public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.IsReplay
            ? Task.CompletedTask
            : run((NpgsqlConnection)context.Connection, (NpgsqlTransaction)context.Transaction);
    }
}
