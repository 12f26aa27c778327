using RagStudio.Data.Migrator.PostgreSql.Rehearse;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>Places for rehearsals: a scratch database beside each database, or one that the operator gives.</summary>
internal sealed class RehearsalStore : IScratchStore
{
    /// <summary>What killed rehearsals have left is removed with the next scratch database.</summary>
    public ValueTask<IScratch> CreateAsync(string runId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IScratch>(new Place());

    private sealed class Place : IScratch
    {
        private readonly List<ScratchDatabase> _scratch = [];

        public bool Replays(IDatabaseStorage copy) => ((PostgreSqlStorage)copy).OwnScratch is not null;

        public async ValueTask<IDatabaseStorage> ReserveAsync(
            IDatabaseStorage original,
            string name,
            string? target,
            CancellationToken cancellationToken
        )
        {
            var storage = (PostgreSqlStorage)original;
            if (target is not null)
            {
                return await RehearsalTarget.OpenAsync(storage, target, cancellationToken).ConfigureAwait(false);
            }
            var scratch = await RehearsalDatabase
                .CreateAsync(storage.Source, storage.Configure, storage.Target ?? "public", cancellationToken)
                .ConfigureAwait(false);
            _scratch.Add(scratch);
            return storage.In(scratch);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var scratch in _scratch)
            {
                await scratch.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
