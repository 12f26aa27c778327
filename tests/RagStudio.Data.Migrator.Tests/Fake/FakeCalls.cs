namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// The calls to the fake storages, in order, such as "open shop" or "restore archive", and the actions to run
/// at them.
/// </summary>
internal sealed class FakeCalls
{
    private readonly List<string> _log = [];
    private readonly List<string> _replays = [];
    private readonly Dictionary<string, Action> _actions = [];

    public IReadOnlyList<string> Log => _log;

    /// <summary>The databases whose migrations were replayed, which makes no call to a storage.</summary>
    public IReadOnlyList<string> Replays => _replays;

    /// <summary>What was planned at the beginning of runs, as "shop 2 3".</summary>
    public List<string> Planned { get; } = [];

    public void On(string call, Action action) => _actions[call] = action;

    public void Fail(string call, Exception failure) => On(call, () => throw failure);

    public void Succeed(string call) => _actions.Remove(call);

    public void Clear()
    {
        _log.Clear();
        _replays.Clear();
        Planned.Clear();
    }

    public void Enter(string what, string storage)
    {
        var call = $"{what} {storage}";
        lock (_log)
        {
            _log.Add(call);
        }
        _actions.GetValueOrDefault(call)?.Invoke();
    }

    public void EnterReplay(string database)
    {
        lock (_log)
        {
            _replays.Add(database);
        }
        _actions.GetValueOrDefault($"replay {database}")?.Invoke();
    }
}
