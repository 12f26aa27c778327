namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// What the tests of a run share: one server, started by the first test that needs it, and the cluster that others
/// are copied from. The test project's <c>[SetUpFixture]</c> ends them.
/// </summary>
public static class ServersOfTheRun
{
    private static readonly Lock Access = new();
    private static Task<ClusterTemplate>? _template;
    private static Task<PostgresServer>? _server;

    /// <summary>The server that tests share; a test is skipped where there is no PostgreSQL.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        _ = PostgresBinaries.Require();
        lock (Access)
        {
            return _server ??= Task.Run(() => PostgresServer.StartAsync());
        }
    }

    /// <summary>Ends them.</summary>
    public static async Task EndAsync()
    {
        // A test has failed with what kept them from starting.
        if (_server is { IsCompletedSuccessfully: true })
        {
            await (await _server).DisposeAsync();
        }
        if (_template is { IsCompletedSuccessfully: true })
        {
            await (await _template).DisposeAsync();
        }
    }

    internal static Task<ClusterTemplate> TemplateAsync()
    {
        lock (Access)
        {
            return _template ??= Task.Run(() => ClusterTemplate.CreateAsync(PostgresBinaries.Require()));
        }
    }
}
