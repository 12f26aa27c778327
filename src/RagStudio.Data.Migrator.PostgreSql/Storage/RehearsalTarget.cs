using System.Security.Cryptography;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A database that the operator gives to be migrated before the real one.</summary>
internal static class RehearsalTarget
{
    /// <param name="live">The real database.</param>
    /// <param name="connectionString">How to connect to the other one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="NoScratchException">It is the real one, or cannot be connected to as said.</exception>
    /// <exception cref="DatabaseAccessException">One of them does not answer.</exception>
    public static async Task<PostgreSqlStorage> OpenAsync(
        PostgreSqlStorage live,
        string connectionString,
        CancellationToken cancellationToken
    )
    {
        PostgreSqlStorage target;
        try
        {
            target = new PostgreSqlStorage(new ConnectionSource(connectionString));
        }
        catch (ArgumentException unreadable)
        {
            throw Refuse($"RehearseByMigrating has no usable connection string for it. {unreadable.Message}");
        }
        if (await AreOneAsync(live, target, cancellationToken).ConfigureAwait(false))
        {
            throw Refuse(
                $"'{target.DisplayName}' is the database that is to be migrated afterwards. Give another one, made from a dump of it."
            );
        }
        return target;
    }

    /// <summary>Demands that the same migrations are applied as in the real database.</summary>
    public static async Task DemandSameVersionAsync(
        PostgreSqlStorage target,
        IReadOnlyList<ClonedDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        foreach (var (database, applied, _, _) in databases)
        {
            var state = await target
                .ReadAsync((IPostgreSqlDatabase)database.InStorage(target), historyLimit: 0, cancellationToken)
                .ConfigureAwait(false);
            var known = state.Applied.Where(id =>
                database.Migrations.Any(one => string.Equals(one.Version, id, StringComparison.OrdinalIgnoreCase))
            );
            if (!known.Order(StringComparer.Ordinal).SequenceEqual(applied.Order(StringComparer.Ordinal)))
            {
                throw Refuse(
                    $"'{target.DisplayName}' is at the version '{NewestOf(state.Applied)}' of '{database.Name}', and the database itself at '{NewestOf(applied)}'. Restore a dump of it there again."
                );
            }
        }
    }

    private static string NewestOf(IReadOnlyList<string> applied) => applied is [.., var newest] ? newest : "0";

    /// <summary>
    /// Tries it with a lock: only sessions of one database of one server hinder each other. Addresses differ for one server,
    /// and a copy of a cluster has its identifier.
    /// </summary>
    private static async Task<bool> AreOneAsync(
        PostgreSqlStorage live,
        PostgreSqlStorage target,
        CancellationToken cancellationToken
    )
    {
        var key = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var holder = await ConnectAsync(live, cancellationToken).ConfigureAwait(false);
        await using (holder.ConfigureAwait(false))
        {
            var other = await ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            await using (other.ConfigureAwait(false))
            {
                return !(
                    await TryLockAsync(holder, live, key, cancellationToken).ConfigureAwait(false)
                    && await TryLockAsync(other, target, key, cancellationToken).ConfigureAwait(false)
                );
            }
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(
        PostgreSqlStorage storage,
        CancellationToken cancellationToken
    )
    {
        var connection = storage.Source.CreateSecond();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (NpgsqlException failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure.ToAccessException(MigrationPhase.Plan, storage.Address);
        }
    }

    private static async Task<bool> TryLockAsync(
        NpgsqlConnection connection,
        PostgreSqlStorage storage,
        long key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await connection
                .ScalarAsync<bool>("SELECT pg_catalog.pg_try_advisory_lock($1)", cancellationToken, key)
                .ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Plan, storage.Address);
        }
    }

    private static NoScratchException Refuse(string reason) => new(reason) { IsRefusal = true };
}
