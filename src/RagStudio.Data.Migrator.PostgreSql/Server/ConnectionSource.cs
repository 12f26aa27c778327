using System.Data.Common;
using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Creates the migrator's own connections to a database. They are never pooled: what a run sets on its session must not
/// reach anybody else, and the server must see their end.
/// </summary>
internal sealed class ConnectionSource
{
    private readonly NpgsqlConnectionStringBuilder _builder;
    private readonly DataSourceSecurity? _security;
    private readonly Lazy<NpgsqlDataSource> _readers;

    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public ConnectionSource(string connectionString)
        : this(Parse(connectionString), security: null) { }

    /// <summary>
    /// Connects as a data source does, with its passwords and certificates. Its own connections would be pooled, and lead
    /// to one database only.
    /// </summary>
    /// <exception cref="ArgumentException">The data source cannot be used.</exception>
    public ConnectionSource(NpgsqlDataSource dataSource)
        : this(new NpgsqlConnectionStringBuilder(dataSource.ConnectionString), new DataSourceSecurity(dataSource)) { }

    private ConnectionSource(NpgsqlConnectionStringBuilder given, DataSourceSecurity? security)
    {
        (_builder, _security) = (given, security);
        if (_builder.Host is null)
        {
            throw new ArgumentException("The connection string names no server: add 'Host='.", nameof(given));
        }
        if (security is not null)
        {
            // It may have been valid when the data source was built.
            _builder.Password = null;
        }
        _builder.Pooling = false;
        _builder.Multiplexing = false;
        _builder.Enlist = false;
        _builder.CommandTimeout = 0;
        // A network that was cut is noticed within half a minute.
        _builder.TcpKeepAlive = true;
        _builder.TcpKeepAliveTime = 10;
        _builder.TcpKeepAliveInterval = 5;
        // Which host is the primary may have changed since another connection has asked.
        _builder.HostRecheckSeconds = 0;
        // Both would put an application's rows into messages and logs.
        _builder.IncludeErrorDetail = false;
        _builder.LogParameters = false;
        Address = ServerAddress.From(_builder);
        _readers = new(BuildReaders);
    }

    public ServerAddress Address { get; }

    /// <summary>True if a session of either finds the same tables, and may do the same with them.</summary>
    public bool SeesSameTables(ConnectionSource other) =>
        _builder.Username == other._builder.Username
        && _builder.SearchPath == other._builder.SearchPath
        && _builder.Options == other._builder.Options;

    /// <summary>Connects to another database of the server in the same way.</summary>
    public ConnectionSource For(string database) =>
        new(new NpgsqlConnectionStringBuilder(_builder.ConnectionString) { Database = database }, _security);

    /// <summary>
    /// Creates a connection that only reads the migrator's own tables and the catalog: it does not ask the server for its
    /// types first.
    /// </summary>
    public NpgsqlConnection CreateReader() => _readers.Value.CreateConnection();

    /// <summary>Creates a connection that reads an application's rows, whatever their types.</summary>
    /// <param name="configure">Maps those types.</param>
    public NpgsqlConnection CreateReader(Action<NpgsqlDataSourceBuilder> configure) =>
        BuildReaders(configure).CreateConnection();

    /// <summary>Creates a connection for a run, on which an application's migrations may use any type.</summary>
    /// <param name="run">The run.</param>
    /// <param name="configure">Maps those types.</param>
    public NpgsqlConnection CreateSession(RunIdentity run, Action<NpgsqlDataSourceBuilder> configure) =>
        Create(Describe(SessionName.Create(run), Address.Database), configure);

    /// <summary>Creates a connection to another database of the server.</summary>
    public NpgsqlConnection CreateFor(string database) => CreateFor(database, _ => { });

    /// <inheritdoc cref="CreateFor(string)"/>
    /// <param name="database">The database.</param>
    /// <param name="configure">Maps the types of an application's migrations.</param>
    public NpgsqlConnection CreateFor(string database, Action<NpgsqlDataSourceBuilder> configure) =>
        Create(Describe(SessionName.Reader, database), configure);

    /// <summary>Creates a second connection to the server that a run has a session of.</summary>
    public NpgsqlConnection CreateSecond() => HasHosts ? CreateFor(Address.Database) : CreateReader();

    /// <summary>A copy of what the connection string says, with the password of now.</summary>
    public async Task<NpgsqlConnectionStringBuilder> DescribeAsync(CancellationToken cancellationToken)
    {
        var description = new NpgsqlConnectionStringBuilder(_builder.ConnectionString);
        if (_security is not null)
        {
            description.Password = await _security.GetPasswordAsync(cancellationToken).ConfigureAwait(false);
        }
        return description;
    }

    /// <summary>True if both connect as the same role.</summary>
    public bool IsSameRole(ConnectionSource other) => _builder.Username == other._builder.Username;

    /// <summary>True for several hosts, of which one is the primary.</summary>
    private bool HasHosts => Address.Host.Contains(',');

    private NpgsqlConnection Create(string connectionString, Action<NpgsqlDataSourceBuilder> configure)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        _security?.AddTo(builder);
        configure(builder);
        return builder.Build().CreateConnection();
    }

    /// <summary>
    /// Only the types of the catalog and of the migrator's own tables: to register all others takes a start longer than to
    /// read.
    /// </summary>
    private NpgsqlDataSource BuildReaders()
    {
        if (_security is not null)
        {
            return BuildReaders(builder => builder.ConfigureTypeLoading(WithoutTypes));
        }
        var builder = new NpgsqlSlimDataSourceBuilder(DescribeReader());
        builder.EnableTransportSecurity().EnableIntegratedSecurity().EnableArrays();
        builder.ConfigureTypeLoading(WithoutTypes);
        return HasHosts ? PreferPrimary(builder.BuildMultiHost()) : builder.Build();

        static void WithoutTypes(NpgsqlTypeLoadingOptionsBuilder loading) => loading.EnableTypeLoading(false);
    }

    private NpgsqlDataSource BuildReaders(Action<NpgsqlDataSourceBuilder> configure)
    {
        var builder = new NpgsqlDataSourceBuilder(DescribeReader());
        _security?.AddTo(builder);
        configure(builder);
        return HasHosts ? PreferPrimary(builder.BuildMultiHost()) : builder.Build();
    }

    private static NpgsqlDataSource PreferPrimary(NpgsqlMultiHostDataSource hosts) =>
        hosts.WithTargetSession(TargetSessionAttributes.PreferPrimary);

    private string DescribeReader() =>
        new NpgsqlConnectionStringBuilder(Describe(SessionName.Reader, Address.Database))
        {
            TargetSessionAttributes = null,
        }.ConnectionString;

    private string Describe(string application, string database) =>
        new NpgsqlConnectionStringBuilder(_builder.ConnectionString)
        {
            ApplicationName = application,
            Database = database,
            TargetSessionAttributes = HasHosts ? "primary" : _builder.TargetSessionAttributes,
        }.ConnectionString;

    /// <summary>The driver's own message may repeat a value of the connection string.</summary>
    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            // Its keywords are those of ADO.NET, which tells what is no connection string at all.
            _ = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            throw new ArgumentException(
                "The connection string cannot be read: write 'Host=SERVER;Database=NAME;Username=ROLE;Password=…'.",
                nameof(connectionString)
            );
        }
    }
}
