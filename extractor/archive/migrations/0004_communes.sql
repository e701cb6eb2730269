-- Where the commune of the issuer lies today.

ALTER TABLE plans ADD COLUMN commune_today TEXT; -- since 2025-07-01; several where it was split: "… (một phần); …"
