using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>Rehearsals' copies in the memory of a server.</summary>
internal sealed class FakeScratch(FakeServer server, FakeCalls calls) : IScratchStore
{
    public const string Prefix = ".rehearsal-";

    public ValueTask<IScratch> CreateAsync(string runId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IScratch>(new Room(server, calls, Prefix + runId));

    private sealed class Room(FakeServer server, FakeCalls calls, string prefix) : IScratch
    {
        private readonly List<string> _keys = [];

        public ValueTask<IDatabaseStorage> ReserveAsync(
            IDatabaseStorage original,
            string name,
            string? target,
            CancellationToken cancellationToken
        )
        {
            var key = FakeServer.KeyOf($"{prefix}.{name}");
            _keys.Add(key);
            return ValueTask.FromResult<IDatabaseStorage>(
                new FakeStorage(server, key, calls) { LocksHeld = ((FakeStorage)original).LocksHeld }
            );
        }

        public ValueTask DisposeAsync()
        {
            _keys.ForEach(server.Remove);
            return ValueTask.CompletedTask;
        }
    }
}
