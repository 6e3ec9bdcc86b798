"""The exports shops really bring, recognised by their headers. Data; must not read rows.

Names are header keys (`headers.header_key`): small letters and digits only. `#` stands for the
number in "Phone 1 - Value", "Phone 2 - Value". Sources: the headers of real export files.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from shopbell.domain.importing import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One program's export: how to know it, and what its columns mean."""

    name: str
    fingerprint: tuple[str, ...]
    """All of these headers together occur in no other program's file."""
    columns: dict[Target, tuple[str, ...]]
    """Per field the headers that fill it, best first; those the file lacks are passed over."""
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Phone header -> header of the column that labels it "Mobile", "Work"."""


_SHOPIFY = {
    Target.FIRST_NAME: ("firstname",),
    Target.LAST_NAME: ("lastname",),
    Target.NAME: ("company", "defaultaddresscompany"),
    Target.PHONE: ("phone", "defaultaddressphone"),
    Target.EMAIL: ("email",),
    Target.NOTE: ("note",),
    Target.TAGS: ("tags",),
    Target.COUNTRY: ("countrycode", "defaultaddresscountrycode", "country"),
    Target.STATE: ("provincecode", "defaultaddressprovincecode", "province"),
    Target.POSTCODE: ("zip", "defaultaddresszip"),
}

_GOOGLE_ADDRESS = {
    Target.COUNTRY: ("address1country",),
    Target.STATE: ("address1region",),
    Target.POSTCODE: ("address1postalcode", "address1postcode"),
}

PROFILES = (
    Profile(
        name="square",
        fingerprint=("squarecustomerid", "creationsource"),
        columns={
            Target.FIRST_NAME: ("firstname",),
            Target.LAST_NAME: ("lastname",),
            Target.NAME: ("nickname", "companyname"),
            Target.PHONE: ("phonenumber",),
            Target.EMAIL: ("emailaddress",),
            Target.NOTE: ("memo",),
            Target.STATE: ("state",),
            Target.POSTCODE: ("postalcode",),
        },
    ),
    Profile(name="shopify", fingerprint=("acceptssmsmarketing",), columns=_SHOPIFY),
    Profile(name="shopify", fingerprint=("acceptsmarketing", "orderscount"), columns=_SHOPIFY),
    Profile(
        name="google",
        fingerprint=("phone1value", "givenname", "familyname"),
        columns={
            Target.NAME: ("name", "nickname", "organization1name", "organisation1name"),
            Target.PHONE: ("phone#value",),
            Target.EMAIL: ("email1value",),
            Target.NOTE: ("notes",),
            Target.TAGS: ("groupmembership",),
            **_GOOGLE_ADDRESS,
        },
        labels={"phone#value": ("phone#type", "phone#label")},
    ),
    Profile(
        name="google",
        fingerprint=("phone1value",),
        columns={
            Target.FIRST_NAME: ("firstname", "middlename"),
            Target.LAST_NAME: ("lastname",),
            Target.NAME: ("nickname", "fileas", "organizationname", "organisationname"),
            Target.PHONE: ("phone#value",),
            Target.EMAIL: ("email1value",),
            Target.NOTE: ("notes",),
            Target.TAGS: ("labels",),
            **_GOOGLE_ADDRESS,
        },
        labels={"phone#value": ("phone#label", "phone#type")},
    ),
)
"""Tried in order: the first whose whole fingerprint is in the header is it."""

ALIASES = {
    Target.NAME: (
        *("name", "fullname", "contactname", "customername", "clientname", "displayname"),
        *("contact", "customer", "client", "nombre", "nom", "nome", "naam", "kunde", "kundenname"),
    ),
    Target.FIRST_NAME: (
        *("firstname", "first", "fname", "givenname", "forename"),
        *("vorname", "prenom", "primernombre", "voornaam"),
    ),
    Target.LAST_NAME: (
        *("lastname", "last", "lname", "surname", "familyname"),
        *("nachname", "nomdefamille", "apellido", "apellidos", "cognome", "achternaam"),
    ),
    Target.PHONE: (
        *("mobile", "mobilephone", "mobilenumber", "mobileno", "mobilephonenumber"),
        *("cell", "cellphone", "cellnumber", "cellphonenumber", "cellno", "gsm", "sms"),
        *("smsnumber", "smsphone", "smsphonenumber", "whatsapp", "whatsappnumber"),
        *("handy", "handynummer", "mobil", "mobilnummer", "mobiltelefon", "portable"),
        *("telephoneportable", "movil", "celular", "telefonomovil", "cellulare", "mobiel"),
        *("phone", "phonenumber", "phoneno", "contactphone", "customerphone", "phonee164"),
        *("primaryphone", "telephone", "telephonenumber", "telephoneno", "tel", "telno"),
        *("telefon", "telefonnummer", "telefono", "telefoon", "contactnumber", "msisdn"),
        *("number", "to", "tophonenumber", "recipient", "defaultaddressphone"),
    ),
    Target.EMAIL: (
        *("email", "emailaddress", "mail", "customeremail", "emailadresse", "courriel", "correo"),
        *("correoelectronico", "email1value"),
    ),
    Target.NOTE: (
        *("note", "notes", "memo", "comment", "comments", "remarks", "customernote"),
        *("notiz", "notizen", "bemerkung", "bemerkungen", "remarques", "notas"),
    ),
    Target.TAGS: (
        *("tags", "tag", "groups", "group", "labels", "lists", "list", "segment", "segments"),
        *("category", "categories", "groupmembership"),
    ),
    Target.COUNTRY: ("country", "countrycode", "countryregion", "land", "pays", "pais"),
    Target.STATE: ("state", "province", "provincecode", "stateprovince", "region", "statecode"),
    Target.POSTCODE: ("zip", "zipcode", "postcode", "postalcode", "plz", "codepostal"),
}
"""Headers of files nobody's profile fits, best first; matched whole, so "hotel" is no "tel"."""
