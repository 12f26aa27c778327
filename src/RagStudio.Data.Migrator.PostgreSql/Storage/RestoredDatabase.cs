using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.BackUp;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A backup that a session has restored into a database beside its own, and puts in its place at the commit.</summary>
internal sealed class RestoredDatabase(PostgreSqlStorage storage, RunConnection connection)
{
    private readonly List<RestoredDatabase> _together = [];
    private Replacement? _replacement;

    /// <summary>True from the restore on, until it is dropped.</summary>
    public bool Exists => _replacement is not null;

    /// <summary>True if it has taken the place of the other.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>What it replaces; empty before a restore.</summary>
    public string Replaced => _replacement is { } made ? $"the database '{made.FormerName}'" : "";

    /// <summary>Restores a copy, or nothing; the session goes on in that database.</summary>
    public async Task CreateAsync(string? file)
    {
        IsSwapped = false;
        _replacement = await Replacement
            .CreateAsync(storage.Source, storage.Tools, connection.Current, file)
            .ConfigureAwait(false);
        connection.Current = _replacement.Connection;
    }

    /// <summary>Databases of one server take their places together, in one transaction.</summary>
    /// <param name="deciding">The one that is swapped first.</param>
    /// <param name="server">Its server.</param>
    /// <param name="source">Its connections.</param>
    public void Join(RestoredDatabase deciding, ServerIdentity server, ConnectionSource source)
    {
        if (deciding.Exists && connection.Server.IsSameServer(server) && storage.Source.IsSameRole(source))
        {
            deciding._together.Add(this);
        }
    }

    public async Task SwapAsync()
    {
        if (!IsSwapped)
        {
            RestoredDatabase[] together = [this, .. _together];
            try
            {
                await new DatabaseSwap([.. together.Select(one => one._replacement!)], storage.CommitTimeout)
                    .RunAsync()
                    .ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                throw failure.ToAccessException(MigrationPhase.Record, storage.Address);
            }
            foreach (var one in together)
            {
                one.IsSwapped = true;
            }
        }
        try
        {
            await connection.ReconnectAsync().ConfigureAwait(false);
        }
        // All is done: what follows tidies up, and tells what it cannot.
        catch (Exception failure) when (connection.IsGone(failure) || failure is MigrationException) { }
    }

    /// <summary>Goes on in the database that was not replaced.</summary>
    public async Task DropAsync()
    {
        var replacement = _replacement!;
        _replacement = null;
        _together.Clear();
        try
        {
            await connection.Current.DisposeAsync().ConfigureAwait(false);
            connection.Current = replacement.Replaced;
            if (replacement.IsDetached)
            {
                await connection.ReconnectAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await replacement.DisposeAsync().ConfigureAwait(false);
        }
    }
}
