using System.Data;
using System.Data.Common;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>The transaction of a fake migration, which only the fake session may end.</summary>
internal sealed class FakeTransaction(FakeConnection connection) : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => throw new NotSupportedException();

    public override void Rollback() => throw new NotSupportedException();
}
