using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>Gives the content of a running migration to code that belongs to it. It supports no commands.</summary>
internal sealed class FakeConnection(FakeContent content) : DbConnection
{
    public FakeContent Content => content;

    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "fake";

    public override string DataSource => "fake";

    public override string ServerVersion => "1";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close() { }

    public override void Open() { }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new FakeTransaction(this);

    protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
}
