using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Has much of what EF and its provider create on a server, in one migration, and more by SQL in another.</summary>
public sealed class RichContext(DbContextOptions<RichContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasPostgresEnum("mood", ["glad", "sad", "so so"]);
        modelBuilder.HasPostgresEnum("other", "Mixed Case", ["a", "b"]);
        modelBuilder.HasPostgresExtension("citext");
        modelBuilder.HasCollation("by_number", "en-u-kn-true", "icu", deterministic: false);
        modelBuilder.HasSequence<int>("Tickets").StartsAt(1000).IncrementsBy(5);
        modelBuilder.UseHiLo("Blocks");
        modelBuilder.Entity<RichThing>(thing =>
        {
            thing.ToTable(
                "Things",
                table =>
                {
                    table.HasCheckConstraint("CK_Price", "\"Price\" > 0 AND \"Name\" <> ''");
                    table.HasComment("It's a comment");
                }
            );
            thing.Property(one => one.Id).UseIdentityAlwaysColumn().HasIdentityOptions(startValue: 7, incrementBy: 3);
            thing.Property(one => one.Name).UseCollation("by_number").HasMaxLength(40);
            thing.Property(one => one.Title).HasColumnType("citext").HasDefaultValue("it's");
            thing.Property(one => one.Ticket).HasDefaultValueSql("nextval('\"Tickets\"')");
            thing.Property(one => one.Doubled).HasComputedColumnSql("\"Price\" * 2", stored: true);
            thing.Property(one => one.Made).HasDefaultValueSql("now()");
            thing.Property(one => one.Price).HasPrecision(10, 2);
            thing.HasGeneratedTsVectorColumn(one => one.Search, "english", one => new { one.Name, one.Title });
            thing.HasIndex(one => one.Search).HasMethod("GIN");
            thing
                .HasIndex(one => one.Price)
                .HasFilter("\"Price\" > 5")
                .IncludeProperties(one => one.Made)
                .IsDescending();
            thing.HasIndex(one => new { one.Title, one.Ticket }).IsUnique().HasNullSortOrder(NullSortOrder.NullsFirst);
            thing.HasIndex(one => one.Tags).HasMethod("gin").HasOperators("array_ops");
            thing.OwnsOne(one => one.Place, place => place.Property(one => one.City).HasMaxLength(20));
            thing.OwnsMany(one => one.Notes, notes => notes.ToJson());
            thing.HasMany(one => one.Others).WithMany();
        });
        modelBuilder.Entity<RichEntry>(entry =>
        {
            entry.ToTable("entries", "other").IsUnlogged();
            entry.HasOne<RichThing>().WithMany().HasForeignKey(one => one.ThingId).OnDelete(DeleteBehavior.SetNull);
            entry.HasAlternateKey(one => one.Code);
        });
        modelBuilder.Entity<RichSeed>(seed =>
        {
            seed.ToTable("seeds");
            seed.Property(one => one.Id).UseIdentityByDefaultColumn();
            seed.HasData(new RichSeed { Id = 1, Text = "one" }, new RichSeed { Id = 2, Text = "two" });
        });
        modelBuilder.Entity<RichSerial>(serial => serial.Property(one => one.Id).UseSerialColumn());
    }
}

public sealed class RichThing
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string? Title { get; set; }
    public int Ticket { get; set; }
    public decimal Price { get; set; }
    public decimal Doubled { get; set; }
    public DateTime Made { get; set; }
    public string[] Tags { get; set; } = [];
    public NpgsqlTsVector Search { get; set; } = null!;
    public NpgsqlRange<int>? Range { get; set; }
    public RichPlace Place { get; set; } = new();
    public List<RichNote> Notes { get; } = [];
    public List<RichThing> Others { get; } = [];
}

public sealed class RichPlace
{
    public string City { get; set; } = "";
}

public sealed class RichNote
{
    public string Text { get; set; } = "";
}

public sealed class RichEntry
{
    public long Id { get; set; }
    public Guid Code { get; set; }
    public int? ThingId { get; set; }
}

public sealed class RichSeed
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class RichSerial
{
    public short Id { get; set; }
}

[DbContext(typeof(RichContext)), Migration(Version)]
public sealed class CreateRich : Migration
{
    public const string Version = "20260101000000_CreateRich";

    /// <summary>What <c>dotnet ef</c> writes beside a migration; EF's provider looks up identity columns in it.</summary>
    public override IModel TargetModel => Model.Value;

    private static readonly Lazy<IModel> Model = new(() =>
    {
        using var context = NewContext();
        return context.GetService<IDesignTimeModel>().Model;
    });

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var context = NewContext();
        migrationBuilder.Operations.AddRange(
            context.GetService<IMigrationsModelDiffer>().GetDifferences(null, Model.Value.GetRelationalModel())
        );
    }

    private static RichContext NewContext() =>
        new(new DbContextOptionsBuilder<RichContext>().UseNpgsql("Host=db.invalid").Options);
}

[DbContext(typeof(RichContext)), Migration(Version)]
public sealed class AddRichSql : Migration
{
    public const string Version = "20260102000000_AddRichSql";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'nobody@' NOT NULL CHECK (VALUE LIKE '%@%');
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW."Made" := now();
                RETURN NEW;
            END $$;
            CREATE FUNCTION twice(n int, label text DEFAULT 'x') RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT n * 2';
            CREATE FUNCTION twice(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN n * 2;
            CREATE PROCEDURE tidy(INOUT n int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS 'BEGIN n := 1; END';
            CREATE TRIGGER stamps BEFORE UPDATE ON "Things" FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE VIEW cheap AS SELECT "Id", twice(1) AS two FROM "Things" WHERE "Price" < 10;
            CREATE MATERIALIZED VIEW other.counts AS SELECT count(*) FROM other.entries;
            CREATE INDEX ix_lower ON "Things" (lower("Name"), "Title" text_pattern_ops);
            CREATE TABLE parts (id int NOT NULL, mail email, mood mood) PARTITION BY LIST (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
            CREATE INDEX ix_parts ON parts (id);
            """
        );
    }
}
