using RagStudio.Data.Migrator.PostgreSql.Rehearse;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>Places for rehearsals: a scratch database beside each database.</summary>
internal sealed class RehearsalStore : IScratchStore
{
    /// <summary>What killed rehearsals have left is removed with the next scratch database.</summary>
    public ValueTask<IScratch> CreateAsync(string runId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IScratch>(new Place());

    private sealed class Place : IScratch
    {
        private readonly List<ScratchDatabase> _scratch = [];

        public bool Replays(IDatabaseStorage original) => true;

        public async ValueTask<IDatabaseStorage> ReserveAsync(
            IDatabaseStorage original,
            string name,
            CancellationToken cancellationToken
        )
        {
            var storage = (PostgreSqlStorage)original;
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
