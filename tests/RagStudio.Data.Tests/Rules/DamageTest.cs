using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests.Rules;

/// <summary>A test that damages healthy databases, in two files or in one.</summary>
public abstract class DamageTest(bool singleDatabase)
{
    private protected RuledDatabases Databases { get; private set; } = null!;

    [SetUp]
    public async Task Fill()
    {
        Databases = new RuledDatabases(singleDatabase);
        await Databases.MigrateAsync();
        HealthyRows.Fill(Databases);
    }

    [TearDown]
    public void Delete() => Databases.Dispose();

    protected void DamageEvents(string sql) => RuledDatabases.Damage(Databases.Events, sql);

    protected async Task ExpectAsync(string database, ValidationErrorKind kind, string table, string id, string detail)
    {
        var summary = await Databases.Validator.ValidateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Reports.SelectMany(report => report.Errors.Select(error => (report.Database, error))),
                Is.EqualTo(new[] { (database, new ValidationError(kind, table, id, detail)) })
            );
            Assert.That(summary.Reports.Sum(report => report.ErrorCount), Is.EqualTo(1));
        });
    }
}
