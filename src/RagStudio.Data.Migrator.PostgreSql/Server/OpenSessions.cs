using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>The sessions of this process that hold the lock of a run, with their way to connect.</summary>
internal static class OpenSessions
{
    private static readonly ConcurrentDictionary<(DateTime Server, int Process), ConnectionSource> Known = [];

    public static void Add(ServerIdentity server, int process, ConnectionSource source) =>
        Known[(server.Started, process)] = source;

    public static void Remove(ServerIdentity server, int process) => Known.TryRemove((server.Started, process), out _);

    public static ConnectionSource? Find(ServerIdentity server, int process) =>
        Known.GetValueOrDefault((server.Started, process));
}
