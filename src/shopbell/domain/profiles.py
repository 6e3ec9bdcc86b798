"""The exports shops really bring, recognised by their headers. Data; must not read rows.

Names are header keys (`headers.header_key`): small letters and digits only. `#` stands for the
number in "Phone 1 - Value", "Phone 2 - Value". Sources: the headers of real export files.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from shopbell.domain.consent import Purpose
from shopbell.domain.dates import DateOrder
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
    dates: DateOrder | None = None
    """In which order this program writes dates, where that is known."""


TWILIO_LOG = ("accountsid", "numsegments")
"""The fingerprint of Twilio's message log: texts, not contacts."""

CLAIMS = {"acceptssmsmarketing": Purpose.MARKETING}
"""Columns that say yes to texts, without a date or the words: kept as claimed, never as consent."""


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

_MAILCHIMP = {
    Target.FIRST_NAME: ("firstname",),
    Target.LAST_NAME: ("lastname",),
    Target.PHONE: ("smsphonenumber", "smsphone", "mobilephone", "mobile", "phonenumber", "phone"),
    Target.EMAIL: ("emailaddress",),
    Target.NOTE: ("notes",),
    Target.TAGS: ("tags",),
    Target.BIRTHDAY: ("birthday",),
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
            Target.BIRTHDAY: ("birthday",),
        },
        dates=DateOrder.MDY,
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
            Target.BIRTHDAY: ("birthday",),
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
            Target.BIRTHDAY: ("birthday",),
            **_GOOGLE_ADDRESS,
        },
        labels={"phone#value": ("phone#label", "phone#type")},
    ),
    Profile(
        name="outlook",
        fingerprint=("givenyomi", "ttytddphone"),
        columns={
            Target.FIRST_NAME: ("firstname", "middlename"),
            Target.LAST_NAME: ("lastname",),
            Target.NAME: ("nickname", "company"),
            Target.PHONE: (
                *("mobilephone", "primaryphone", "homephone", "homephone2", "otherphone"),
                *("businessphone", "businessphone2"),
            ),
            Target.EMAIL: ("emailaddress", "email2address"),
            Target.NOTE: ("notes",),
            Target.TAGS: ("categories",),
            Target.BIRTHDAY: ("birthday",),
            Target.COUNTRY: ("homecountryregion", "othercountryregion", "businesscountryregion"),
            Target.STATE: ("homestate", "otherstate", "businessstate"),
            Target.POSTCODE: ("homepostalcode", "otherpostalcode", "businesspostalcode"),
        },
    ),
    # OPTIN_TIME is about e-mail. CC, REGION and TIMEZONE come from the address of a computer: they
    # don't say where the person lives, so they fill nothing.
    Profile(name="mailchimp-unsubscribed", fingerprint=("unsubtime", "leid"), columns=_MAILCHIMP),
    Profile(name="mailchimp", fingerprint=("memberrating", "leid"), columns=_MAILCHIMP),
    Profile(
        name="klaviyo",
        fingerprint=("klaviyoid",),
        columns={
            Target.FIRST_NAME: ("firstname",),
            Target.LAST_NAME: ("lastname",),
            Target.NAME: ("organization",),
            Target.PHONE: ("phonenumber",),
            Target.EMAIL: ("email",),
            Target.BIRTHDAY: ("birthday",),
            Target.COUNTRY: ("country",),
            Target.STATE: ("stateregion", "state"),
            Target.POSTCODE: ("zipcode", "zip"),
        },
    ),
    Profile(
        name="httpsms",
        fingerprint=("fromphonenumber", "tophonenumber"),
        columns={Target.PHONE: ("tophonenumber",)},
    ),
    Profile(
        name="textbee",
        fingerprint=("name", "phone", "orderid", "total"),
        columns={Target.NAME: ("name",), Target.PHONE: ("phone",)},
    ),
    Profile(
        name="spoke",
        fingerprint=("firstname", "lastname", "cell", "externalid"),
        columns={
            Target.FIRST_NAME: ("firstname",),
            Target.LAST_NAME: ("lastname",),
            Target.PHONE: ("cell",),
            Target.POSTCODE: ("zip",),
        },
    ),
    Profile(
        name="vcard",
        fingerprint=("fullname", "phone1kind", "phone1number"),
        columns={
            Target.NAME: ("fullname", "nickname", "company"),
            Target.FIRST_NAME: ("firstname", "middlename"),
            Target.LAST_NAME: ("lastname",),
            Target.PHONE: ("phone#number",),
            Target.EMAIL: ("email",),
            Target.NOTE: ("note",),
            Target.TAGS: ("categories",),
            Target.BIRTHDAY: ("birthday",),
            Target.COUNTRY: ("country",),
            Target.STATE: ("state",),
            Target.POSTCODE: ("postalcode",),
        },
        labels={"phone#number": ("phone#kind",)},
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
    Target.BIRTHDAY: (
        *("birthday", "birthdate", "dateofbirth", "dob", "bday", "geburtstag", "geburtsdatum"),
        *("anniversaire", "datedenaissance", "cumpleanos", "fechadenacimiento", "compleanno"),
    ),
}
"""Headers of files nobody's profile fits, best first; matched whole, so "hotel" is no "tel"."""
